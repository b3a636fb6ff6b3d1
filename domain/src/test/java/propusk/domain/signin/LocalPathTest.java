package propusk.domain.signin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/dashboard",
        "/p/club/events/3f2a",
        "/account/sessions?tab=web&n=1",
        "/a/",
        "/.well-known/x",
        "/%D0%BA%D0%BB%D1%83%D0%B1",
        "/search?q=%D0%BA+b"
      })
  void aPathOfThisSiteIsTaken(String path) {
    assertTrue(LocalPath.parse(path).isPresent());
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "",
        " ",
        "dashboard",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/%5Cevil.example",
        "/%5cevil.example",
        "/%2Fevil.example",
        "/%2f/evil.example",
        "https://evil.example",
        "HTTPS:evil.example",
        "javascript:alert(1)",
        "/\tevil.example",
        "/\n/evil.example",
        "/%0d%0aSet-Cookie:x",
        "/%09/evil.example",
        "/..//evil.example",
        "/../x",
        "/a/../../x",
        "/./x",
        "/%2e%2e/x",
        "/.",
        "/..",
        "/a//b",
        "/@evil.example",
        "/a:b@evil.example",
        "/a#b",
        "/a?next=https://evil.example",
        "/a?x=\\",
        "/а",
        "/a?b=%00",
        " /dashboard",
        "/dashboard ",
        "/a;b",
        "/%",
        "/%4",
        "/%zz"
      })
  void anythingThatCouldLeadElsewhereIsRefused(String path) {
    assertTrue(LocalPath.parse(path).isEmpty(), path);
  }

  @Test
  void aVeryLongPathIsRefusedAtOnce() {
    assertTrue(LocalPath.parse("/" + "a".repeat(600)).isEmpty());
    assertTrue(LocalPath.parse("/" + "a".repeat(510) + "\\").isEmpty());
  }
}
