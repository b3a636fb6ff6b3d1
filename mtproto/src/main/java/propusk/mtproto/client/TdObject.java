package propusk.mtproto.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Something sent to TDLib: a record named after TDLib's own class, its components after TDLib's
/// fields.
interface TdObject {
  @JsonProperty("@type")
  default String tdType() {
    var name = getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
