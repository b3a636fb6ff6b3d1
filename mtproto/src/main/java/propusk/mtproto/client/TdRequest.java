package propusk.mtproto.client;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/// A request of [TDLib's API](https://core.telegram.org/tdlib/docs/td__api_8h.html), and what it
/// answers.
///
/// Only the fields that we set are named: TDLib takes the rest as false, zero or empty.
// Arrays in records: they are written once, never compared.
@SuppressWarnings("ArrayRecordComponent")
public sealed interface TdRequest<R> extends TdObject {
  @JsonIgnore
  Class<R> answer();

  /// A request that answers nothing but that it was done.
  sealed interface Plain extends TdRequest<TdAnswer.Ok> {
    @Override
    default Class<TdAnswer.Ok> answer() {
      return TdAnswer.Ok.class;
    }
  }

  record SetTdlibParameters(
      boolean useTestDc,
      String databaseDirectory,
      String filesDirectory,
      byte[] databaseEncryptionKey,
      int apiId,
      String apiHash,
      String systemLanguageCode,
      String deviceModel,
      String systemVersion,
      String applicationVersion)
      implements Plain {
    @Override
    public String toString() {
      return "SetTdlibParameters[" + databaseDirectory + "]";
    }
  }

  record AddProxy(Proxy proxy, boolean enable) implements TdRequest<TdAnswer.AddedProxy> {
    @Override
    public Class<TdAnswer.AddedProxy> answer() {
      return TdAnswer.AddedProxy.class;
    }
  }

  record Proxy(String server, int port, ProxyTypeMtproto type) implements TdObject {}

  record ProxyTypeMtproto(String secret) implements TdObject {}

  record DisableProxy() implements Plain {}

  record SetLogVerbosityLevel(int newVerbosityLevel) implements Plain {}

  record SetLogTagVerbosityLevel(String tag, int newVerbosityLevel) implements Plain {}

  record SetLogStream(TdObject logStream) implements Plain {}

  record LogStreamFile(String path, long maxFileSize, boolean redirectStderr) implements TdObject {}

  record LogStreamEmpty() implements TdObject {}

  record RequestQrCodeAuthentication(List<Long> otherUserIds) implements Plain {
    public RequestQrCodeAuthentication() {
      this(List.of());
    }
  }

  /// The number with which to log in; Telegram sends a code.
  record SetAuthenticationPhoneNumber(String phoneNumber) implements Plain {
    @Override
    public String toString() {
      return "SetAuthenticationPhoneNumber[…]";
    }
  }

  record CheckAuthenticationCode(String code) implements Plain {
    @Override
    public String toString() {
      return "CheckAuthenticationCode[…]";
    }
  }

  /// The two-step password. TDLib proves it to Telegram without sending it:
  /// [SRP](https://core.telegram.org/api/srp).
  record CheckAuthenticationPassword(String password) implements Plain {
    @Override
    public String toString() {
      return "CheckAuthenticationPassword[…]";
    }
  }

  /// Lets another client in that shows this link, as the person who is authorized here.
  record ConfirmQrCodeAuthentication(String link) implements TdRequest<TdAnswer.Session> {
    @Override
    public Class<TdAnswer.Session> answer() {
      return TdAnswer.Session.class;
    }

    @Override
    public String toString() {
      return "ConfirmQrCodeAuthentication[…]";
    }
  }

  record SetDatabaseEncryptionKey(byte[] newEncryptionKey) implements Plain {
    @Override
    public String toString() {
      return "SetDatabaseEncryptionKey[…]";
    }
  }

  /// Ends the authorization on the server too.
  record LogOut() implements Plain {}

  /// Keeps the authorization; the files may be read once the client is Closed.
  record Close() implements Plain {}

  record GetMe() implements TdRequest<TdAnswer.User> {
    @Override
    public Class<TdAnswer.User> answer() {
      return TdAnswer.User.class;
    }
  }

  /// Asks the server every time, so an answer proves that the session works there.
  record GetActiveSessions() implements TdRequest<TdAnswer.Sessions> {
    @Override
    public Class<TdAnswer.Sessions> answer() {
      return TdAnswer.Sessions.class;
    }
  }

  record GetOption(String name) implements TdRequest<TdAnswer.OptionValue> {
    @Override
    public Class<TdAnswer.OptionValue> answer() {
      return TdAnswer.OptionValue.class;
    }
  }
}
