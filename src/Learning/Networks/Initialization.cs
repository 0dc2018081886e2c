using AdvFit.Learning.Kernels;
using AdvFit.Learning.Randomness;

namespace AdvFit.Learning.Networks;

/// <summary>How the values of a parameter are drawn before training.</summary>
public abstract record Initialization
{
    /// <summary>Uniform in +-<paramref name="Bound"/>.</summary>
    public sealed record Uniform(double Bound) : Initialization
    {
        internal override void Fill(Span<float> values, RandomStream random)
        {
            foreach (ref var value in values)
            {
                value = (2 * random.NextSingle() - 1) * (float)Bound;
            }
        }
    }

    /// <summary>Normal around 0; draws beyond <paramref name="Limit"/> are drawn again.</summary>
    public sealed record Normal(double StandardDeviation, double Limit = double.PositiveInfinity) : Initialization
    {
        /// <summary>By Marsaglia's polar method, for which basic operations suffice.</summary>
        internal override void Fill(Span<float> values, RandomStream random)
        {
            foreach (ref var value in values)
            {
                double draw;
                do
                {
                    double x, square;
                    do
                    {
                        (x, var y) = (2.0 * random.NextSingle() - 1, 2.0 * random.NextSingle() - 1);
                        square = x * x + y * y;
                    }
                    while (square is >= 1 or 0);

                    draw = StandardDeviation * x * Math.Sqrt(-2 * PortableMath.Log(square) / square);
                }
                while (Math.Abs(draw) > Limit);

                value = (float)draw;
            }
        }
    }

    /// <summary>All the same.</summary>
    public sealed record Constant(float Value) : Initialization
    {
        internal override void Fill(Span<float> values, RandomStream random) => values.Fill(Value);
    }

    /// <summary>PyTorch's default for weights and biases: uniform in +-1/sqrt(fan in) (Kaiming uniform with a = sqrt(5)).</summary>
    /// <param name="fanIn">Inputs of one output.</param>
    public static Initialization ByFanIn(int fanIn) => new Uniform(1 / Math.Sqrt(fanIn));

    internal abstract void Fill(Span<float> values, RandomStream random);
}
