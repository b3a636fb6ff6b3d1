package propusk.miniapp.signin;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;

/// The data of a stream's events as they come.
record LineQueue(BlockingQueue<String> events) implements Flow.Subscriber<String> {
  private static final String DATA = "data: ";

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(String line) {
    if (line.startsWith(DATA)) {
      events.add(line.substring(DATA.length()));
    }
  }

  @Override
  public void onError(Throwable failure) {
    events.add("{\"failed\":\"" + failure.getClass().getSimpleName() + "\"}");
  }

  @Override
  public void onComplete() {}
}
