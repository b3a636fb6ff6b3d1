/// The codec against its schema.
@NullMarked
package propusk.sandbox.dc.schema;

import org.jspecify.annotations.NullMarked;
