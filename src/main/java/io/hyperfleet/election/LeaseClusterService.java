package io.hyperfleet.election;

import java.util.List;
import java.util.Optional;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.apache.camel.support.cluster.AbstractCamelClusterView;

/**
 * Tells Camel's route policies who the leader is. This process is its only member; others are known only through the
 * Lease.
 */
final class LeaseClusterService extends AbstractCamelClusterService<LeaseClusterService.View> {

  private final LeaseElection election;

  LeaseClusterService(String group, LeaseElection election) {
    super("election-" + group);
    this.election = election;
  }

  @Override
  protected View createView(String namespace) {
    return new View(this, namespace);
  }

  /** What the routes of one group see. */
  static final class View extends AbstractCamelClusterView implements CamelClusterMember {

    private final LeaseElection election;

    private View(LeaseClusterService service, String namespace) {
      super(service, namespace);
      this.election = service.election;
    }

    @Override
    protected void doStart() {
      election.start(() -> fireLeadershipChangedEvent(getLeader().orElse(null)));
    }

    @Override
    public Optional<CamelClusterMember> getLeader() {
      return Optional.<CamelClusterMember>of(this).filter(CamelClusterMember::isLeader);
    }

    @Override
    public CamelClusterMember getLocalMember() {
      return this;
    }

    @Override
    public List<CamelClusterMember> getMembers() {
      return List.of(this);
    }

    @Override
    public String getId() {
      return getClusterService().getId();
    }

    @Override
    public boolean isLeader() {
      return election.isLeading();
    }

    @Override
    public boolean isLocal() {
      return true;
    }
  }
}
