"""How gunicorn serves RNIK. Of five servers that were measured, threads in a few processes cost least per note.

It listens on PORT, starts WEB_CONCURRENCY processes (as many as there are cores, when unset) and speaks plain HTTP:
put a proxy in front that does TLS.
"""

import gc
import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 1)
threads = 4  # PostgreSQL sees at most containers x workers x threads connections
keepalive = 20
backlog = 2048  # a whole hall may press "send" at once
timeout = 30
graceful_timeout = 30

# It would be made under $HOME, which cannot be written in a container and which two instances would share.
control_socket_disable = True

# Neither an address nor a query string: who asked is personal data, and what was searched for may be.
accesslog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"


def post_worker_init(_worker: object) -> None:
    """When a process is ready: what it is made of lives as long as it, and is not looked through for garbage again.

    Such a look took 100 to 150 ms, in one of twenty readings of a large desk.
    """
    gc.collect()
    gc.freeze()
