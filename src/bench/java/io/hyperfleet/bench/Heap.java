package io.hyperfleet.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The heap of this process: the most that was left in it by a garbage collection, and what it may have. */
final class Heap {

  private final AtomicLong left = new AtomicLong();

  /** Looks at every collection from now on. */
  Heap() {
    var heapPools = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(pool -> pool.getName()).toList();
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector).addNotificationListener((notification, handback) -> {
        var collection = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        long used = collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
            .filter(pool -> heapPools.contains(pool.getKey())).mapToLong(pool -> pool.getValue().getUsed()).sum();
        left.accumulateAndGet(used, Math::max);
      }, notification -> notification.getType()
          .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION), null);
    }
  }

  /** MiB, the greatest since this was asked the last time. */
  long leftMiB() {
    System.gc();
    return left.getAndSet(0) >> 20;
  }

  /** MiB. */
  static long limitMiB() {
    return Runtime.getRuntime().maxMemory() >> 20;
  }
}
