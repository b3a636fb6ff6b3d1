package propusk.miniapp.page;

import java.util.Optional;

/// A page that only says something: an error, or that there is nothing here.
///
/// @param link where its button leads, if it has one
public record NoticePage(
    Shell shell, String icon, String tone, String title, String text, Optional<Link> link) {

  public record Link(String href, String title) {}
}
