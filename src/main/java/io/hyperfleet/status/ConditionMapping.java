package io.hyperfleet.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.kind.Kind;
import java.util.Collection;
import java.util.List;

/** Derives a kind's own conditions from adapters' reports. */
public interface ConditionMapping {

  /**
   * The mapped conditions, in the order of their rules. The same input gives the same conditions.
   *
   * @param resource as it is described to expressions
   */
  List<MappedCondition> map(Kind kind, ObjectNode resource, Collection<AdapterStatus> reports);
}
