using AdvFit.Learning.Attacks.Common;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Attacks;

public class LaneMathTests
{
    private const int Rows = 11;

    // 1 to 7 lanes run in scalar code alone, 32 in vectors alone where vectors have up to 1024 bits.
    private static readonly int[] LaneCounts = [1, 3, 7, 8, 16, 19, 32, 37];

    [Property(MaxTest = 30)]
    public void Each_lane_has_the_same_bits_in_any_number_of_lanes(int seed)
    {
        var one = RunAll(seed, 1, 0);
        foreach (var lanes in LaneCounts)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                RunAll(seed, lanes, lane).ShouldBe(one, $"lane {lane} of {lanes}");
            }
        }
    }

    [Fact]
    public void Unselected_lanes_stay_as_they_are_even_beside_values_that_are_not_numbers()
    {
        foreach (var lanes in LaneCounts)
        {
            var selected = new int[lanes];
            var wild = Enumerable.Repeat(float.NaN, Rows * lanes).ToArray();
            var scales = Enumerable.Repeat(float.PositiveInfinity, lanes).ToArray();
            var kept = Enumerable.Range(0, Rows * lanes).Select(i => i / 1000f).ToArray();
            var target = (float[])kept.Clone();
            var changed = new int[lanes];

            LaneMath.Copy(selected, wild, target);
            LaneMath.Signs(selected, wild, target);
            LaneMath.AddScaled(selected, scales, wild, target);
            LaneMath.StepInBox(selected, wild, scales, wild, target, changed);

            target.ShouldBe(kept);
            changed.ShouldAllBe(flag => flag == 0);
        }
    }

    [Fact]
    public void Signs_are_minus_one_zero_and_one_and_zero_for_what_is_no_number()
    {
        float[] values = [-2, -0f, 0, 3, float.NaN, float.NegativeInfinity, 1e-45f, -1e-45f];
        foreach (var lanes in LaneCounts)
        {
            var signs = new float[values.Length * lanes];
            LaneMath.Signs(
                Enumerable.Repeat(-1, lanes).ToArray(),
                values.SelectMany(value => Enumerable.Repeat(value, lanes)).ToArray(), signs);
            signs.Where((_, at) => at % lanes == lanes - 1).ShouldBe([-1, 0, 0, 1, 0, -1, 1, -1]);
        }
    }

    [Fact]
    public void A_sum_of_squares_neither_overflows_nor_underflows()
    {
        float[] values = [float.MaxValue, 1e-45f];
        var sums = new double[2];
        LaneMath.SumOfSquares(values, sums);
        sums.ShouldBe([(double)float.MaxValue * float.MaxValue, (double)1e-45f * 1e-45f]);
        double.IsFinite(sums[0]).ShouldBeTrue();
        sums[1].ShouldBeGreaterThan(0);
    }

    /// <summary>Puts one lane's numbers through every operation, with other numbers in the other lanes.</summary>
    private static List<double> RunAll(int seed, int lanes, int lane)
    {
        var others = new Random(seed + lanes + 1);
        var own = new Random(seed);

        float[] Array(int rows)
        {
            var values = Enumerable.Range(0, rows * lanes).Select(_ => others.NextSingle() * 2 - 1).ToArray();
            for (var row = 0; row < rows; row++)
            {
                values[row * lanes + lane] = own.NextSingle() * 2 - 1;
            }

            return values;
        }

        var (directions, totals, origins, scales) = (Array(Rows), Array(Rows), Array(Rows), Array(1));
        var selected = Enumerable.Repeat(-1, lanes).ToArray();
        var (sums, changed) = (new double[lanes], new int[lanes]);
        var (copies, signs, pixels) = (new float[Rows * lanes], new float[Rows * lanes], new float[Rows * lanes]);
        LaneMath.AddScaled(selected, scales, directions, totals);
        LaneMath.SumOfSquares(totals, sums);
        LaneMath.Copy(selected, totals, copies);
        LaneMath.Signs(selected, totals, signs);
        LaneMath.StepInBox(selected, origins, scales, totals, pixels, changed);

        List<double> results = [sums[lane], changed[lane]];
        foreach (var array in new[] { totals, copies, signs, pixels })
        {
            results.AddRange(array.Where((_, at) => at % lanes == lane).Select(value => (double)value));
        }

        return results;
    }
}
