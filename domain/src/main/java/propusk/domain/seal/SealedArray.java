package propusk.domain.seal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;

/// Many sealed values as one `bytea[]` of a statement.
public final class SealedArray implements Argument {
  private final byte[][] sealed;

  public SealedArray(byte[][] sealed) {
    this.sealed = sealed;
  }

  @Override
  public void apply(int position, PreparedStatement statement, StatementContext context)
      throws SQLException {
    statement.setArray(position, statement.getConnection().createArrayOf("bytea", sealed));
  }
}
