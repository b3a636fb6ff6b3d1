package propusk.miniapp.edge;

/// A request that cannot be answered otherwise than by this problem. Thrown where a request is
/// read, answered by [Problems].
public final class Refused extends RuntimeException {
  private final transient Problem problem;

  public Refused(Problem problem) {
    super(problem.code(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
