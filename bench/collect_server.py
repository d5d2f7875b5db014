"""Serves COUNT small pictures from memory over HTTP/1.1 with open connections, each answer LATENCY milliseconds late; writes its port into FOLDER/port.

usage: collect_server.py COUNT FOLDER LATENCY EDGE"""

import asyncio
import os
import random
import struct
import sys
import zlib

count, folder, latency, edge = int(sys.argv[1]), sys.argv[2], float(sys.argv[3]) / 1000, int(sys.argv[4])


def png(seed, size):
    """Noise, which doesn't compress: 27 KB for an edge of 96. What counts is that each picture differs and decodes."""
    noise = random.Random(seed)
    rows = b"".join(b"\0" + noise.randbytes(size * 3) for _ in range(size))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


answers = {}
for i in range(count):
    body = png(i, edge)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nETag: \"{i}\"\r\nContent-Length: {len(body)}\r\n\r\n"
    answers[f"/p/{i:05d}.jpg".encode()] = head.encode() + body
missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Answerer(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.rest = transport, b""

    def data_received(self, data):
        self.rest += data
        while b"\r\n\r\n" in self.rest:
            request, self.rest = self.rest.split(b"\r\n\r\n", 1)
            method, path = request.split(b" ", 2)[:2]
            answer = answers.get(path, missing)
            answer = answer if method == b"GET" else answer.split(b"\r\n\r\n", 1)[0] + b"\r\n\r\n"
            if latency:
                asyncio.get_running_loop().call_later(latency, self.transport.write, answer)
            else:
                self.transport.write(answer)


async def main():
    server = await asyncio.get_running_loop().create_server(Answerer, "127.0.0.1", 0)
    with open(os.path.join(folder, "port.new"), "w") as port:
        port.write(str(server.sockets[0].getsockname()[1]))
    os.rename(os.path.join(folder, "port.new"), os.path.join(folder, "port"))
    await server.serve_forever()


asyncio.run(main())
