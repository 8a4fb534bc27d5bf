"""Prints the events of clusters as they come. Needs google-cloud-pubsub and PUBSUB_EMULATOR_HOST."""
from google.api_core.exceptions import AlreadyExists
from google.cloud import pubsub_v1

subscriber = pubsub_v1.SubscriberClient()
name = subscriber.subscription_path("hyperfleet", "my-subscription")
topic = "projects/hyperfleet/topics/hyperfleet.clusters.changed.v1"
try:
    subscriber.create_subscription(name=name, topic=topic)
except AlreadyExists:
    pass
print("Listening to", topic, flush=True)


def receive(message):
    print(message.data.decode(), flush=True)
    message.ack()


subscriber.subscribe(name, receive).result()
