using AdvFit.Learning.Attacks.Common;

namespace AdvFit.Learning.Attacks.HopSkipJump;

/// <summary>HopSkipJump as data.</summary>
public sealed class HopSkipJumpDefinition() : AttackDefinition<HopSkipJumpParameters>(
    "hopskipjump",
    "HopSkipJump",
    "Chen, Jordan and Wainwright (2019), HopSkipJumpAttack: a query-efficient decision-based attack, arXiv:1904.02144",
    ("paper",
        "Deniz et al. (2020) give no parameters; the defaults of ART, which they seem to have used, from 1.1 to 1.20.1, "
            + "HopSkipJump",
        new()),
    ("reference", "The attack's authors, github.com/Jianbo-Lab/HSJA, hsja.py", Authors),
    ("foolbox",
        "Foolbox 3.3.4, foolbox/attacks/hop_skip_jump.py, HopSkipJumpAttack, started by "
            + "LinearSearchBlendedUniformNoiseAttack",
        Authors with { MaxIterations = 64, StartTrials = 1000, BlendSteps = 50 }),
    ("art", "ART 1.20.1, art/attacks/evasion/hop_skip_jump.py, HopSkipJump", new()))
{
    private static readonly HopSkipJumpParameters Authors =
        new() { MaxIterations = 40, Gamma = 1, DimensionExponent = 1.5, StartTrials = 10_000 };

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">An estimate may take fewer queries than the first one takes.</exception>
    protected override IAttack Make(HopSkipJumpParameters parameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(
            parameters.MaxGradientQueries, parameters.InitialGradientQueries, nameof(parameters.MaxGradientQueries));
        return new VerifiedAttack((set, streams) => new HopSkipJumpAttack(set, parameters, streams));
    }

    /// <summary>Each iteration bisects and steps, and estimate t takes sqrt(t) times the queries of the first.</summary>
    protected override int PassesPerSample(HopSkipJumpParameters parameters, int classes)
    {
        const double bisectionAndStep = 20;
        var (iterations, first) = ((double)parameters.MaxIterations, (double)parameters.InitialGradientQueries);
        var passes = iterations * bisectionAndStep + first * 2 / 3 * Math.Pow(iterations, 1.5);
        return (int)Math.Min(passes, parameters.QueryBudget);
    }
}
