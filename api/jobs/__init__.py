"""Long work: done by a process of its own, with progress, limits and a way to stop it.

`asked` is what a route or a page uses; `queue` keeps the jobs; `child` is this side of the process
that does the work, and `worker` the other.
"""
