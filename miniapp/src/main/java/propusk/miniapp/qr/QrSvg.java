package propusk.miniapp.qr;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.encoder.ByteMatrix;

/// Draws a QR code as one SVG path: dark modules only, a quiet zone of four, error correction M.
///
/// One unit of its view box is one module, so whoever shows it at a whole number of pixels per unit
/// gets crisp edges. It has no background of its own: the card behind it is white in every theme.
public final class QrSvg {
  private static final int QUIET = 4;

  private QrSvg() {}

  public static String draw(String text) {
    try {
      return svg(ReadableQr.encode(text));
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a QR code", e);
    }
  }

  /// The same with a size of its own: a whole number of pixels for each module.
  public static String draw(String text, int pixels) {
    try {
      return svg(ReadableQr.encode(text), pixels);
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a QR code", e);
    }
  }

  /// A pattern that looks like a QR code and is none: what stands under "this one no longer works".
  public static String sample() {
    var matrix = new ByteMatrix(37, 37);
    long noise = 0x5DEECE66DL;
    for (int y = 0; y < 37; y++) {
      for (int x = 0; x < 37; x++) {
        noise = noise * 6364136223846793005L + 1442695040888963407L;
        matrix.set(x, y, !nearFinder(x, y) && noise >>> 63 == 1);
      }
    }
    finder(matrix, 0, 0);
    finder(matrix, 30, 0);
    finder(matrix, 0, 30);
    return svg(matrix);
  }

  private static boolean nearFinder(int x, int y) {
    return (x < 8 && y < 8) || (x > 28 && y < 8) || (x < 8 && y > 28);
  }

  private static void finder(ByteMatrix matrix, int left, int top) {
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 7; x++) {
        int ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
        matrix.set(left + x, top + y, ring != 2);
      }
    }
  }

  private static String svg(ByteMatrix matrix) {
    return svg(matrix, "", matrix.getWidth() + 2 * QUIET);
  }

  private static String svg(ByteMatrix matrix, int pixels) {
    int size = matrix.getWidth() + 2 * QUIET;
    return svg(matrix, "width=\"%1$d\" height=\"%1$d\" ".formatted(size * pixels), size);
  }

  private static String svg(ByteMatrix matrix, String attributes, int size) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" %sviewBox=\"0 0 %d %d\""
            .formatted(attributes, size, size)
        + " fill=\"none\" stroke=\"#0B1210\" shape-rendering=\"crispEdges\"><path d=\""
        + path(matrix)
        + "\"/></svg>";
  }

  /// Each row's dark runs as strokes one module thick: half the length of filled boxes.
  private static String path(ByteMatrix matrix) {
    var path = new StringBuilder(8192);
    for (int y = 0; y < matrix.getHeight(); y++) {
      int pen = -1;
      for (int x = 0; x < matrix.getWidth(); x++) {
        if (matrix.get(x, y) != 1) {
          continue;
        }
        int from = x;
        while (x < matrix.getWidth() && matrix.get(x, y) == 1) {
          x++;
        }
        if (pen < 0) {
          path.append('M').append(QUIET + from).append(' ').append(QUIET + y).append(".5");
        } else {
          path.append('m').append(from - pen).append(" 0");
        }
        path.append('h').append(x - from);
        pen = x;
      }
    }
    return path.toString();
  }
}
