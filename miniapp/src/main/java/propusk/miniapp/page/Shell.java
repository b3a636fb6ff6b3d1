package propusk.miniapp.page;

import java.util.List;
import java.util.Optional;

/// What every page's frame needs.
///
/// @param styles paths of style sheets
/// @param script the page's module, if it has one
public record Shell(Words words, List<String> styles, Optional<String> script, String icon) {}
