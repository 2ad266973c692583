package dev.pando.lab.report;

import java.util.List;

/** Where the labels of a line chart stand: unequal steps get unequal room. */
final class AxisPlaces {
    /** From this ratio on, numbers are so far apart that the first would fall together. */
    private static final double FAR = 16;

    /** Where the first step or the last grows by less, steps are even, and the last labels would fall together. */
    private static final double GROWS = 1.4;

    private AxisPlaces() {}

    static boolean isLogarithmic(List<String> labels) {
        double[] numbers = numbers(labels);
        return numbers.length > 1
                && numbers[0] > 0
                && numbers[numbers.length - 1] / numbers[0] > FAR
                && numbers[1] / numbers[0] >= GROWS
                && numbers[numbers.length - 1] / numbers[numbers.length - 2] >= GROWS;
    }

    /** Returns a place for each label, from 0 to the number of steps; evenly spaced if labels are no rising numbers. */
    static double[] of(List<String> labels) {
        double[] numbers = numbers(labels);
        double[] places = new double[labels.size()];
        boolean logarithmic = isLogarithmic(labels);
        for (int i = 0; i < places.length; i++) {
            if (numbers.length < 2) {
                places[i] = i;
            } else {
                double first = value(numbers[0], logarithmic);
                double last = value(numbers[numbers.length - 1], logarithmic);
                places[i] = (value(numbers[i], logarithmic) - first) / (last - first) * (places.length - 1);
            }
        }
        return places;
    }

    private static double value(double number, boolean logarithmic) {
        return logarithmic ? Math.log(number) : number;
    }

    /** Returns nothing if the labels are no rising numbers. */
    static double[] numbers(List<String> labels) {
        double[] numbers = new double[labels.size()];
        for (int i = 0; i < numbers.length; i++) {
            try {
                numbers[i] = Double.parseDouble(labels.get(i));
            } catch (NumberFormatException words) {
                return new double[0];
            }
            if (i > 0 && numbers[i] <= numbers[i - 1]) {
                return new double[0];
            }
        }
        return numbers;
    }
}
