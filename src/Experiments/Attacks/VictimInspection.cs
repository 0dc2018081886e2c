using AdvFit.Learning.Attacks;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Training;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>Whether what the attacks found is about robustness: looks at the victim, and at the attacks beside each other.</summary>
internal static class VictimInspection
{
    /// <param name="victim">The network attacked.</param>
    /// <param name="numbers">The samples that were there to be attacked.</param>
    /// <param name="sets">What each attack made of them.</param>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public static VictimChecks Run(
        Network victim, IImageSource images, int[] numbers, IReadOnlyList<AdversarialSet> sets, int threads,
        CancellationToken cancellation)
    {
        var (nonFinite, zero) = (0, 0);
        var length = Chunks.LengthFor(numbers.Length, threads);
        Chunks.ForEach((numbers.Length + length - 1) / length, threads, addCpuSeconds: null, chunk =>
        {
            var part = numbers.AsSpan(chunk * length, Math.Min(length, numbers.Length - chunk * length));
            var found = new GradientMaskingCheck(victim).Run(images, part, cancellation);
            Interlocked.Add(ref nonFinite, found.NonFiniteLogits);
            Interlocked.Add(ref zero, found.ZeroGradients);
        }, cancellation);

        var with = Nearest(sets.Where(set => set.Outcome.Gradients > 0));
        var without = Nearest(sets.Where(set => set.Outcome.Gradients == 0));
        (double With, double Without)[] both =
            [.. with.Where(sample => without.ContainsKey(sample.Key)).Select(sample => (sample.Value, without[sample.Key]))];
        return new VictimChecks(
            numbers.Length, nonFinite, zero, both.Length,
            both.Count(nearest => double.IsPositiveInfinity(nearest.With) && double.IsFinite(nearest.Without)),
            both.Count(nearest => double.IsFinite(nearest.With) && nearest.Without < nearest.With));
    }

    /// <summary>By sample, the smallest norm of an attack that fooled the network; infinite where none did.</summary>
    private static Dictionary<int, double> Nearest(IEnumerable<AdversarialSet> sets)
    {
        var nearest = new Dictionary<int, double>();
        foreach (var set in sets)
        {
            foreach (var (sample, norm) in set.Indices.Zip(set.L2))
            {
                nearest[sample] = Math.Min(norm, nearest.GetValueOrDefault(sample, double.PositiveInfinity));
            }

            foreach (var sample in set.Failures)
            {
                nearest.TryAdd(sample, double.PositiveInfinity);
            }
        }

        return nearest;
    }
}
