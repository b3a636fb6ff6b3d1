package propusk.migrations;

import static org.junit.jupiter.api.Assertions.assertTrue;
import org.junit.jupiter.api.Test;

class PlaceholderTest { @Test void runs() { assertTrue(true); } }
