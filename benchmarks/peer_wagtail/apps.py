from django.apps import AppConfig


class Peer(AppConfig):
    name = "benchmarks.peer_wagtail"
    label = "peer"
