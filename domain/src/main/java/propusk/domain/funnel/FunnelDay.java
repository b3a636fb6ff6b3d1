package propusk.domain.funnel;

import java.time.LocalDate;
import java.util.SortedMap;

/// One day and one way: how many began and how far they came. Each number is of those that began on
/// that day, by UTC.
///
/// @param way such as `first_login`
/// @param opened the page was opened
/// @param scanned somebody's phone took the code, or approved
/// @param underWay neither finished nor ended
/// @param ends how many ended otherwise, by why
public record FunnelDay(
    LocalDate day,
    String way,
    int started,
    int opened,
    int scanned,
    int finished,
    int underWay,
    SortedMap<String, Integer> ends) {}
