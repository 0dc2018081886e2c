using AdvFit.Analysis.Statistics;
using AdvFit.Learning.Attacks;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Randomness;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>Attacks the network of one epoch with test samples that it classifies correctly.</summary>
internal sealed class CraftStage(StageContext context)
{
    private readonly ExperimentMaterials _materials = context.Materials;

    /// <summary>One adversarial set per attack of the sweep.</summary>
    /// <param name="victim">The epoch.</param>
    /// <param name="eligible">Which test samples may be attacked: those that its network, at least, classifies correctly.</param>
    public IReadOnlyList<AdversarialSet> Run(EpochTrained victim, bool[] eligible)
    {
        context.Expect(eligible.Count(each => each));
        var network = new Lazy<Network>(() =>
        {
            var weights = new Parameters(_materials.Network);
            WeightsFile.Load(context.Read(victim.Checkpoint), victim.Checkpoint.Path, weights);
            var loaded = new Network(_materials.Network);
            loaded.Load(weights);
            return loaded;
        });
        return [.. _materials.Sweep.Attacks.Select(attack => Restore(attack) ?? Craft(attack, network.Value, eligible))];
    }

    private AdversarialSet? Restore(AttackSpec attack)
    {
        var recorded = context.Assignment.Record.Attacks.FirstOrDefault(done => done.Outcome.Attack == attack.Label);
        if (recorded is null
            || !context.Artifacts.TryRead(recorded.Adversarial, out var images)
            || !context.Artifacts.TryRead(recorded.Samples, out var samples))
        {
            return null;
        }

        context.Complete((double)recorded.Outcome.Attempted * Workload.PassesOf(attack, _materials.Data.Classes.Count));
        return AdversarialSet.Read(recorded, images, samples);
    }

    private AdversarialSet Craft(AttackSpec spec, Network network, bool[] eligible)
    {
        var clock = StageClock.Start();
        var indices = Chosen(spec, eligible);
        var labels = Array.ConvertAll(indices, _materials.Images.Label);
        var result = Craft(AttackCatalog.Create(spec.Attack, spec.Parameters), spec, network, indices, labels, clock);
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

    private AttackResult Craft(
        IAttack attack, AttackSpec spec, Network network, int[] indices, byte[] labels, StageClock clock)
    {
        var work = (double)indices.Length * Workload.PassesOf(spec, _materials.Data.Classes.Count);
        return ChunkedAttack.Craft(
            attack, network, _materials.Images.CopyTo, labels,
            new SampleStreams(_materials.Sweep.Seed, context.Assignment.Shuffle, indices), context.Threads,
            done => context.Progress($"attack {spec.Label}", null, done, indices.Length, work),
            clock.AddCpuSeconds, context.Abandon);
    }

    /// <summary>The test samples to attack: all eligible ones, or a seeded choice that every attack shares.</summary>
    private int[] Chosen(AttackSpec spec, bool[] eligible)
    {
        var candidates = context.Split.Test.Where((_, position) => eligible[position]).ToArray();
        if (spec.Samples is not { } wanted || wanted >= candidates.Length)
        {
            return candidates;
        }

        new RandomStream(_materials.Sweep.Seed, context.Assignment.Shuffle, Purpose.AttackSubsample)
            .Shuffle(candidates.AsSpan());
        return [.. candidates.Take(wanted).Order()];
    }

    private static double[] Successful(AttackResult result, double[] values) =>
        [.. values.Where((_, sample) => result.Success[sample])];
}
