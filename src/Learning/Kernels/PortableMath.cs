namespace AdvFit.Learning.Kernels;

/// <summary>
/// Functions of one number in basic operations only: the same bits on every machine, which the system's mathematics
/// library does not promise.
/// </summary>
internal static class PortableMath
{
    /// <summary>
    /// The inverse of tanh, (log(1 + x) - log(1 - x)) / 2, to about 1e-15; for x strictly between -1 and 1.
    /// </summary>
    public static double InverseTanh(double x) => Log((1 + x) / (1 - x)) / 2;

    /// <summary>The natural logarithm to about 1e-15; for positive normal numbers.</summary>
    public static double Log(double x)
    {
        const double ln2 = 0.6931471805599453;
        const double squareRootOf2 = 1.4142135623730951;
        const int lastPower = 23; // |s| <= 0.172, so that the next term is below 2^-60.
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xF_FFFF_FFFF_FFFF) | (1023L << 52));
        if (mantissa > squareRootOf2)
        {
            mantissa /= 2;
            exponent++;
        }

        // log m = 2 atanh s = 2 (s + s^3 / 3 + s^5 / 5 + ..).
        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var series = 0.0;
        for (var power = lastPower; power > 0; power -= 2)
        {
            series = series * square + 1.0 / power;
        }

        return exponent * ln2 + 2 * s * series;
    }

    /// <summary>cos(pi x) to about 1e-15, for x in [0, 1].</summary>
    public static double CosineOfPi(double x)
    {
        const int lastPower = 22; // Below pi / 2 its term is under 2^-60.
        if (x > 0.5)
        {
            return -CosineOfPi(1 - x);
        }

        var square = Math.PI * x * (Math.PI * x);
        var series = 1.0;
        for (var power = lastPower; power > 0; power -= 2)
        {
            series = 1 - series * square / (power * (power - 1));
        }

        return series;
    }

    /// <summary>
    /// e^x for x up to 0, to about 1e-15 of itself, in basic operations only: the same bits on every machine, which the
    /// system's mathematics library does not promise. Below e^-700 it is 0.
    /// </summary>
    public static double Exponential(double x)
    {
        const double log2OfE = 1.4426950408889634;
        const double ln2High = 0.693147180369123816490; // The upper bits: a small multiple of it is exact.
        const double ln2Low = 1.90821492927058770002e-10;
        const int terms = 14;
        if (x < -700)
        {
            return 0;
        }

        var power = Math.Round(x * log2OfE);
        var rest = x - power * ln2High - power * ln2Low;
        var series = 1.0;
        for (var term = terms; term > 0; term--)
        {
            series = 1 + series * rest / term;
        }

        return BitConverter.Int64BitsToDouble((1023L + (long)power) << 52) * series;
    }
}
