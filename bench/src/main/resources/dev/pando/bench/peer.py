"""A pool of Python's, measured as the programs in Java measure theirs. Started by Peers.java: who, part, how much.

A spawned worker loads this file again, so everything else is loaded only by the program that measures.
"""
if __name__ == "__main__":
    import measures

    measures.main()
