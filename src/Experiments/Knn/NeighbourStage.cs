using AdvFit.Learning.Data;
using AdvFit.Learning.Neighbours;
using AdvFit.Messages;

namespace AdvFit.Experiments.Knn;

/// <summary>Finds the Z nearest train samples of images, and what they vote for at every fit level.</summary>
internal sealed class NeighbourStage(StageContext context, KnnSpec knn)
{
    private readonly ExperimentMaterials _materials = context.Materials;
    private readonly Lazy<NearestNeighbours> _train = new(
        () => new NearestNeighbours(new PooledImages(context.Materials.Data), context.Split.Train));

    private readonly byte[] _trainLabels = Array.ConvertAll(context.Split.Train, context.Materials.Images.Label);

    private delegate int[] Search(Action<int> progress);

    /// <summary>Of the images of a split, unmodified. A train sample is among its own neighbours.</summary>
    public KnnPredictions OfSplit(string subset, int[] indices) => Recorded(subset, indices.Length) ?? Find(
        subset, indices, Array.ConvertAll(indices, _materials.Images.Label),
        progress => _train.Value.Find(indices, knn.Z, context.Threads, progress, context.Abandon));

    /// <summary>Of the adversarial examples of one attack, all that fool the network.</summary>
    public KnnPredictions OfExamples(AdversarialSet set) => Recorded(set.Outcome.Attack, set.Labels.Length) ?? Find(
        set.Outcome.Attack, set.Indices, set.Labels,
        progress => _train.Value.Find(set.Pixels, knn.Z, context.Threads, progress, context.Abandon));

    private KnnPredictions? Recorded(string subset, int samples)
    {
        var fact = context.Assignment.Record.Neighbours.FirstOrDefault(done => done.Subset == subset);
        if (fact is null || !context.Artifacts.TryRead(fact.Neighbours, out var contents))
        {
            return null;
        }

        context.Complete(Work(samples));
        return KnnPredictions.Read(contents, fact.Neighbours);
    }

    private KnnPredictions Find(string subset, int[] indices, byte[] labels, Search search)
    {
        var clock = StageClock.Start();
        var (work, stage, sum) = (Work(indices.Length), $"neighbours {subset}", 0);
        context.Progress(stage, null, 0, indices.Length, work);
        var positions = search(
            more => context.Progress(stage, null, Interlocked.Add(ref sum, more), indices.Length, work));
        var levels = NeighbourLevels.Of(knn.Z);
        var found = new KnnPredictions(labels, [.. levels.SelectMany(k => Predict(positions, k))]);
        var fact = new NeighboursFound(
            context.Assignment.Shuffle, context.Assignment.Attempt, subset, indices.Length,
            found.Correct(levels.Length, _ => true),
            context.Write($"{subset}-neighbours", ".npz", found.Write(indices, PooledNeighbours(positions), levels)), clock.Stop());
        context.Complete(work);
        context.Report(fact);
        return found;
    }

    private byte[] Predict(int[] positions, int k) => Vote.Winners(
        positions, knn.Z, _trainLabels, k, knn.Ties == TieRules.Nearest ? VoteTies.Nearest : VoteTies.Smallest);

    private int[] PooledNeighbours(int[] positions) =>
        Array.ConvertAll(positions, position => context.Split.Train[position]);

    private double Work(int images) => Workload.OfNeighbours(_materials, images);
}
