"""Somebody's own API, in Python without a package: it answers from PostgreSQL and finishes what is under way."""
import os, signal, socket, struct, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

def log_in():
    host, port = os.environ["DATABASE_HOST"].split(":")
    words = f"user\0{os.environ['DATABASE_USER']}\0database\0{os.environ['DATABASE_NAME']}\0\0".encode()
    connection = socket.create_connection((host, int(port)), timeout=5)
    connection.sendall(struct.pack("!ii", len(words) + 8, 196608) + words)
    assert connection.recv(1) == b"R", "PostgreSQL refuses the log-in"
    return connection

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(1 if self.path == "/slow" else 0)
        self.send_response(200)
        self.end_headers()

database = log_in()
server = ThreadingHTTPServer(("", int(os.environ["PORT"])), Handler)
server.daemon_threads = False
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
server.server_close()
