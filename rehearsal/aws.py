"""The AWS CLI as a process that stays: the documents have dozens of its commands, and each would take a second to start.

Usage: aws.py --serve SOCKET COMMAND answers until it is killed, and writes COMMAND: `aws WORD...`, which has the words run there, in its own
terminal, folder and environment. The variable AWS_CLI_SOCKET names the socket.
"""

import os
import socket
import sys


def ask(words):
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(os.environ["AWS_CLI_SOCKET"])
        variables = [f"{name}={value}" for name, value in os.environ.items()]
        lists = [[os.getcwd()], words, variables]
        text = "\1".join("\0".join(one) for one in lists).encode()
        socket.send_fds(server, [len(text).to_bytes(4, "big")], [0, 1, 2])
        server.sendall(text)
        answer = server.recv(1)
        return answer[0] if answer else 255


SERVICES = "application-autoscaling backup cloudformation cloudfront cloudwatch ec2 ecs elasticache elbv2 kms logs pi rds s3 secretsmanager sqs".split()


def serve(path, command):
    import shlex
    import signal
    import time

    from aws_tail import add_tail
    from awscli.clidriver import create_clidriver

    driver = create_clidriver()
    add_tail(driver)
    loader = driver.session.get_component("data_loader")
    for service in SERVICES:  # what is read here, no command reads again
        driver.session.create_client(service, region_name="us-east-1")
        for kind in ("paginators-1", "waiters-2"):
            if service in loader.list_available_services(kind):
                loader.load_service_model(service, kind)
    with open(command, "w") as file:
        file.write(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -I -S {shlex.quote(__file__)} \"$@\"\n")
    os.chmod(command, 0o755)
    sleep = time.sleep
    time.sleep = lambda seconds: sleep(min(seconds, 0.2))  # `wait` asks every 30 s, and nothing takes that long here
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen(16)
        server.settimeout(1)
        parent = os.getppid()
        while os.getppid() == parent:  # also where it is killed and can end nobody
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            connection.setblocking(True)
            if os.fork() == 0:
                run(connection, driver)
            connection.close()


def run(connection, driver):
    head, files, *_ = socket.recv_fds(connection, 4, 3)
    for target, file in enumerate(files):
        os.dup2(file, target)
    size = int.from_bytes(head, "big")
    text = b""
    while len(text) < size:
        text += connection.recv(size - len(text))
    (folder,), words, variables = (part.split("\0") for part in text.decode().split("\1"))
    os.environ.update(variable.split("=", 1) for variable in variables)
    os.chdir(folder)
    try:
        # For some services version 1 asks AWS itself unless it is told here.
        code = driver.main(["--endpoint-url", os.environ["AWS_ENDPOINT_URL"], *words])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 255
    except BaseException as error:  # whatever it is, the caller has to have an answer
        print(f"aws: {error!r}", file=sys.stderr)
        code = 255
    sys.stdout.flush()
    sys.stderr.flush()
    connection.send(bytes([code]))
    os._exit(0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(*sys.argv[2:4])
    else:
        sys.exit(ask(sys.argv[1:]))
