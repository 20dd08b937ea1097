"""CloudWatch as new clients speak to it, in front of moto, which knows the older protocol alone.

The AWS SDK for Rust sends Smithy RPC v2 in CBOR. botocore knows all of CloudWatch's protocols: it reads the request here and
asks moto in the query protocol; what moto answers goes back as CBOR. Nothing is kept and nothing is made up.

Usage: cloudwatch.py MOTO-URL
"""

import datetime
import http.server
import struct
import sys

import botocore.exceptions
import botocore.loaders
import botocore.parsers
import botocore.session

REGION = "us-east-1"


class QueryAlone(botocore.loaders.Loader):
    """Models in which CloudWatch has its oldest protocol alone."""

    def load_service_model(self, *names, **more):
        model = super().load_service_model(*names, **more)
        if names[0] == "cloudwatch" and "metadata" in model:
            model = dict(model, metadata=dict(model["metadata"], protocol="query", protocols=["query"]))
        return model


def head(major, number):
    if number < 24:
        return bytes([major << 5 | number])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << 8 * size:
            return bytes([major << 5 | info]) + number.to_bytes(size, "big")
    raise ValueError(number)


def cbor(value):
    if value is None:
        return b"\xf6"
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, str):
        text = value.encode()
        return head(3, len(text)) + text
    if isinstance(value, datetime.datetime):
        return head(6, 1) + cbor(value.timestamp())
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    if isinstance(value, dict):
        return head(5, len(value)) + b"".join(cbor(key) + cbor(each) for key, each in value.items())
    raise TypeError(type(value))


def client(moto):
    session = botocore.session.Session()
    session.register_component("data_loader", QueryAlone(extra_search_paths=session.get_component("data_loader").search_paths))
    return session.create_client(
        "cloudwatch", region_name=REGION, endpoint_url=moto, aws_access_key_id="AKID", aws_secret_access_key="SECRET"
    )


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parser = botocore.parsers.RpcV2CBORParser()
        asked = parser.parse_data_item(parser.get_peekable_stream_from_bytes(body)) if body else {}
        action = self.path.rsplit("/", 1)[-1]
        method = "".join("_" + letter.lower() if letter.isupper() else letter for letter in action).lstrip("_")
        status = 200
        try:
            answer = getattr(self.server.client, method)(**asked)
            answer.pop("ResponseMetadata", None)
        except botocore.exceptions.ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            answer = {"__type": error.response["Error"]["Code"], "message": error.response["Error"]["Message"]}
        reply = cbor(answer)
        self.send_response(status)
        self.send_header("smithy-protocol", "rpc-v2-cbor")
        self.send_header("Content-Type", "application/cbor")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.client = client(sys.argv[1])
print(f" * Running on http://127.0.0.1:{server.server_port}", file=sys.stderr, flush=True)
server.serve_forever()
