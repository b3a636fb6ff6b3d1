/// A login token's link as a QR code in SVG.
@NullMarked
package propusk.miniapp.qr;

import org.jspecify.annotations.NullMarked;
