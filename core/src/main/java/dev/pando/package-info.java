/** See below; written when the room stands. */
package dev.pando;
