"""A supervisor over stand-in children, as a program: `stand_in.py STATE SHARED CHILDREN`."""

import json
import os
import sys
from pathlib import Path

from portal.engines.__main__ import in_one_sentence
from portal.engines.child import Child
from portal.engines.places import Places, unprivileged
from portal.engines.tree import Tree, run_tree

if __name__ == "__main__":
    state, shared, children = sys.argv[1:]
    tree = Tree(children=tuple(Child(name, tuple(argv)) for name, argv in json.loads(children)))
    places = Places(Path(state), Path(shared), unprivileged())
    sys.exit(in_one_sentence(lambda: run_tree(tree, places, os.environ, Path.cwd())))
