/** Programs as a user writes them, outside JobMon's packages. */
@org.jspecify.annotations.NullMarked
package org.example;
