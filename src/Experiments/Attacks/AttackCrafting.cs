using AdvFit.Analysis.Statistics;
using AdvFit.Learning.Attacks;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Randomness;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>Attacks the network of one epoch with test samples that it classifies correctly.</summary>
/// <param name="context">The attempt.</param>
/// <param name="victim">The epoch.</param>
/// <param name="eligible">Which test samples may be attacked: those that its network, at least, classifies correctly.</param>
internal sealed class AttackCrafting(StageContext context, EpochTrained victim, bool[] eligible)
{
    /// <summary>Which of the eligible test samples are attacked.</summary>
    private static readonly Purpose AttackSubsample = new(5);

    private readonly ExperimentMaterials _materials = context.Materials;
    private readonly int[] _candidates = [.. context.Split.Test.Where((_, position) => eligible[position])];
    private readonly Lazy<Network> _network = new(() =>
        context.Materials.LoadNetwork(context.Read(victim.Checkpoint), victim.Checkpoint.Path));

    /// <summary>One adversarial set per attack of the sweep.</summary>
    public IReadOnlyList<AdversarialSet> Run()
    {
        context.Expect(_candidates.Length);
        return [.. _materials.Sweep.Attacks.Select(attack => Restore(attack) ?? Craft(attack))];
    }

    /// <summary>Whether what the attacks found is about robustness.</summary>
    public VictimChecks Inspect(IReadOnlyList<AdversarialSet> sets) => VictimInspection.Run(
        _network.Value, _materials.Images, _candidates, sets, context.Threads, context.Abandon);

    private AdversarialSet? Restore(AttackSpec attack)
    {
        var recorded = context.Assignment.Record.Of<AttackCrafted>().FirstOrDefault(done => done.Outcome.Attack == attack.Label);
        if (recorded is null
            || !context.Artifacts.TryRead(recorded.Adversarial, out var images)
            || !context.Artifacts.TryRead(recorded.Samples, out var samples))
        {
            return null;
        }

        context.Complete((double)recorded.Outcome.Attempted * Workload.PassesOf(attack, _materials.Data.Classes.Count));
        return AdversarialSet.Read(recorded, images, samples);
    }

    private AdversarialSet Craft(AttackSpec spec)
    {
        var clock = StageClock.Start();
        var indices = Chosen(spec);
        var labels = Array.ConvertAll(indices, _materials.Images.Label);
        var result = Craft(AttackCatalog.Get(spec.Attack).Create(spec.Parameters), spec, indices, labels, clock);
        var l2 = Successful(result, result.L2);
        var outcome = new AttackOutcome(
            spec.Label, indices.Length, l2.Length, Distributions.Summarize(l2),
            Distributions.Summarize(Successful(result, result.Linf)), result.Queries.Sum(count => (long)count),
            result.Gradients.Sum(count => (long)count));
        var shape = _materials.Data.Shape;
        var images = AdversarialSet.WriteImages(indices, labels, result, [shape.Channels, shape.Height, shape.Width]);
        var samples = AdversarialSet.WriteSamples(indices, labels, result);
        var fact = new AttackCrafted(
            context.Assignment.Shuffle, context.Assignment.Attempt, outcome,
            context.Write($"{spec.Label}-adversarial", ".npz", images),
            context.Write($"{spec.Label}-samples", ".npz", samples),
            clock.Stop());
        context.Complete((double)indices.Length * Workload.PassesOf(spec, _materials.Data.Classes.Count));
        context.Report(fact);
        return AdversarialSet.Read(fact, images, samples);
    }

    private AttackResult Craft(IAttack attack, AttackSpec spec, int[] indices, byte[] labels, StageClock clock)
    {
        var work = (double)indices.Length * Workload.PassesOf(spec, _materials.Data.Classes.Count);
        return ChunkedAttack.Craft(
            attack, _network.Value, _materials.Images.CopyTo, labels,
            new SampleStreams(_materials.Sweep.Seed, context.Assignment.Shuffle, indices), context.Threads,
            done => context.Progress($"attack {spec.Label}", null, done, indices.Length, work),
            clock.AddCpuSeconds, context.Abandon);
    }

    /// <summary>The test samples to attack: all eligible ones, or a seeded choice that every attack shares.</summary>
    private int[] Chosen(AttackSpec spec)
    {
        if (spec.Samples is not { } wanted || wanted >= _candidates.Length)
        {
            return _candidates;
        }

        int[] drawn = [.. _candidates];
        new RandomStream(_materials.Sweep.Seed, context.Assignment.Shuffle, AttackSubsample).Shuffle(drawn.AsSpan());
        return [.. drawn.Take(wanted).Order()];
    }

    private static double[] Successful(AttackResult result, double[] values) =>
        [.. values.Where((_, sample) => result.Success[sample])];
}
