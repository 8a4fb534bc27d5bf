package io.hyperfleet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.generated.ApiClient;
import io.hyperfleet.generated.ApiException;
import io.hyperfleet.generated.api.ClusterStatusesApi;
import io.hyperfleet.generated.api.ClustersApi;
import io.hyperfleet.generated.api.DefaultApi;
import io.hyperfleet.generated.api.EventsApi;
import io.hyperfleet.generated.api.NodePoolsApi;
import io.hyperfleet.generated.model.AdapterStatusCreateRequest;
import io.hyperfleet.generated.model.Cluster;
import io.hyperfleet.generated.model.ClusterCreateRequest;
import io.hyperfleet.generated.model.ClusterPatchRequest;
import io.hyperfleet.generated.model.ConditionRequest;
import io.hyperfleet.generated.model.EventsAnswer;
import io.hyperfleet.generated.model.EventsRequest;
import io.hyperfleet.generated.model.ForceDeleteRequest;
import io.hyperfleet.generated.model.NodePoolCreateRequest;
import io.hyperfleet.generated.model.ResourceStatus;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that the build generates from the contract finds what it expects. */
class GeneratedClientIT extends ApiIT {

  private ApiClient client;
  private ClustersApi clusters;

  @BeforeEach
  void connect() {
    client = new ApiClient();
    client.updateBaseUri("http://localhost:" + port());
    clusters = new ClustersApi(client);
  }

  private Cluster create(String name) throws ApiException {
    return clusters.postCluster(new ClusterCreateRequest().kind(ClusterCreateRequest.KindEnum.CLUSTER).name(name)
        .spec(Map.of("region", "r1")).labels(Map.of("shard", "1")));
  }

  @Test
  void createsFindsChangesAndDeletesAClusterWithANodePool() throws ApiException {
    var created = create("demo");
    assertThat(created.getGeneration()).isEqualTo(1);
    assertThat(created.getStatus().getPhase()).isEqualTo(ResourceStatus.PhaseEnum.NOT_READY);

    var found = clusters.getClusters(1L, 10L, "name desc", "labels.shard = '1' and spec.region = 'r1'", null, null,
        "Ready",
        null, null, null, null);
    assertThat(found.getItems()).extracting(Cluster::getName).containsExactly("demo");
    assertThat(found.getTotal()).isEqualTo(1);

    var changed = clusters.patchClusterById(created.getId(), new ClusterPatchRequest().spec(Map.of("region", "r2")));
    assertThat(changed.getGeneration()).isEqualTo(2);

    var pools = new NodePoolsApi(client);
    var pool = pools.createNodePool(created.getId(), new NodePoolCreateRequest()
        .kind(NodePoolCreateRequest.KindEnum.NODE_POOL).name("pool").spec(Map.of()));
    assertThat(pool.getOwnerReferences().getId()).isEqualTo(created.getId());
    assertThat(pools.getNodePoolById(created.getId(), pool.getId(), null, null).getName()).isEqualTo("pool");

    assertThat(clusters.deleteClusterById(created.getId()).getDeletedTime()).isNotNull();
    clusters.forceDeleteCluster(created.getId(), new ForceDeleteRequest().reason("the end of a test"));
    assertThatThrownBy(() -> clusters.getClusterById(created.getId(), null, null))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
  }

  @Test
  void reportsAndReadsReports() throws ApiException {
    var id = create("demo").getId();
    var statuses = new ClusterStatusesApi(client);
    for (String adapter : List.of("validation", "dns", "placement", "hyperfleet")) {
      var conditions = Stream.of("Applied", "Available", "Health")
          .map(type -> new ConditionRequest().type(type).status(ConditionRequest.StatusEnum.TRUE)).toList();
      var stored = statuses.putClusterStatuses(id, new AdapterStatusCreateRequest().adapter(adapter)
          .observedGeneration(1).observedTime(OffsetDateTime.now()).conditions(conditions).data(Map.of("a", 1)));
      assertThat(stored.getLastDefinitive().getObservedGeneration()).isEqualTo(1);
    }
    assertThat(statuses.getClusterStatuses(id, 1L, 100L).getTotal()).isEqualTo(4);
    var cluster = clusters.getClusterById(id, "statuses", null);
    assertThat(cluster.getAdapterStatuses()).hasSize(4);
    assertThat(cluster.getStatus().getPhase()).isEqualTo(ResourceStatus.PhaseEnum.READY);
  }

  @Test
  void asksForEventsAndReadsTheContract() throws ApiException {
    var id = create("demo").getId();
    var events = new EventsApi(client);

    var answer = events.postEvents(new EventsRequest().aggregateId(id));

    assertThat(answer.getStatus()).isEqualTo(EventsAnswer.StatusEnum.COALESCED);
    assertThat(events.getEvents(1L, 10L, id, false, null).getItems()).hasSize(1);
    assertThat(new DefaultApi(client).getMetadata().getId()).hasToString("hyperfleet");
  }
}
