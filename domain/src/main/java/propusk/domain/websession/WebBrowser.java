package propusk.domain.websession;

import java.net.InetAddress;

/// A browser as its owner would recognize it.
///
/// @param family such as `Chrome, Windows`; never the whole user agent
public record WebBrowser(String family, InetAddress ip) {}
