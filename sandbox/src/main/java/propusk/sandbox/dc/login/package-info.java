/// Who is logged in with which key: login tokens, and the sessions of people.
@NullMarked
package propusk.sandbox.dc.login;

import org.jspecify.annotations.NullMarked;
