package io.hyperfleet.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Drops a connection whose database turned out to only read, so that the next one is made anew: to the primary that
 * there is after a failover. The pool makes it by its name.
 */
public final class ReadOnlyEviction implements SQLExceptionOverride {

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException failure) {
    return DatabaseErrors.isReadOnly(failure)
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
