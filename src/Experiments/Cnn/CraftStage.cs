using AdvFit.Analysis.Statistics;
using AdvFit.Learning.Attacks;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Randomness;
using AdvFit.Messages;

namespace AdvFit.Experiments.Cnn;

/// <summary>Attacks the network of epoch M with the test samples that it classifies correctly.</summary>
internal sealed class CraftStage(StageContext context)
{
    private readonly CnnExperiment _experiment = context.Experiment;

    /// <summary>One adversarial set per attack of the sweep.</summary>
    /// <param name="reference">Epoch M.</param>
    /// <param name="eligible">Whether the network of epoch M classifies each test sample correctly.</param>
    public IReadOnlyList<AdversarialSet> Run(EpochTrained reference, bool[] eligible)
    {
        var network = new Lazy<Network>(() =>
        {
            var weights = new Parameters(_experiment.Network);
            WeightsFile.Load(context.Read(reference.Checkpoint), reference.Checkpoint.Path, weights);
            var loaded = new Network(_experiment.Network);
            loaded.Load(weights);
            return loaded;
        });
        return [.. _experiment.Sweep.Attacks.Select(attack => Restore(attack) ?? Craft(attack, network.Value, eligible))];
    }

    private AdversarialSet? Restore(AttackSpec attack)
    {
        var recorded = context.Assignment.Record.Attacks.FirstOrDefault(done => done.Outcome.Attack == attack.Label);
        if (recorded is null
            || !context.Artifacts.TryRead(recorded.Adversarial, out var images)
            || !context.Artifacts.TryRead(recorded.Samples, out _))
        {
            return null;
        }

        context.Complete((double)recorded.Outcome.Attempted * Workload.PassesOf(attack, _experiment.Data.Classes.Count));
        return AdversarialSet.ReadImages(images, recorded.Adversarial.Path, recorded.Outcome);
    }

    private AdversarialSet Craft(AttackSpec spec, Network network, bool[] eligible)
    {
        var clock = StageClock.Start();
        var indices = Chosen(spec, eligible);
        var labels = Array.ConvertAll(indices, _experiment.Images.Label);
        var result = Craft(AttackCatalog.Create(spec.Attack, spec.Parameters), spec, network, indices, labels, clock);
        var l2 = Successful(result, result.L2);
        var outcome = new AttackOutcome(
            spec.Label, indices.Length, l2.Length, Distributions.Summarize(l2),
            Distributions.Summarize(Successful(result, result.Linf)), result.Queries.Sum(count => (long)count),
            result.Gradients.Sum(count => (long)count));
        var shape = _experiment.Data.Shape;
        var images = AdversarialSet.WriteImages(indices, labels, result, [shape.Channels, shape.Height, shape.Width]);
        var fact = new AttackCrafted(
            context.Assignment.Shuffle, context.Assignment.Attempt, outcome,
            context.Write($"{spec.Label}-adversarial", ".npz", images),
            context.Write($"{spec.Label}-samples", ".npz", AdversarialSet.WriteSamples(indices, labels, result)),
            clock.Stop());
        context.Complete((double)indices.Length * Workload.PassesOf(spec, _experiment.Data.Classes.Count));
        context.Report(fact);
        return AdversarialSet.ReadImages(images, fact.Adversarial.Path, outcome);
    }

    private AttackResult Craft(
        IAttack attack, AttackSpec spec, Network network, int[] indices, byte[] labels, StageClock clock)
    {
        var work = (double)indices.Length * Workload.PassesOf(spec, _experiment.Data.Classes.Count);
        return ChunkedAttack.Craft(
            attack, network, _experiment.Images.CopyTo, labels,
            new SampleStreams(_experiment.Sweep.Seed, context.Assignment.Shuffle, indices), context.Threads,
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

        new RandomStream(_experiment.Sweep.Seed, context.Assignment.Shuffle, Purpose.AttackSubsample)
            .Shuffle(candidates.AsSpan());
        return [.. candidates.Take(wanted).Order()];
    }

    private static double[] Successful(AttackResult result, double[] values) =>
        [.. values.Where((_, sample) => result.Success[sample])];
}
