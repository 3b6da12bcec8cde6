"""The form checker: what a text still lacks of the form that Nghị định 30/2020/NĐ-CP prescribes."""
