"""Writes: one public function for each thing that a person does, one transaction each."""
