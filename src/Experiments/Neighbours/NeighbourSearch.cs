using AdvFit.Learning.Data;
using AdvFit.Learning.Neighbours;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>Finds the Z nearest train samples of images, and what they vote for at every fit level.</summary>
internal sealed class NeighbourSearch(StageContext context, KnnSpec knn)
{
    private readonly ExperimentMaterials _materials = context.Materials;
    private readonly Lazy<NearestNeighbours> _train = new(
        () => new NearestNeighbours(new PooledImages(context.Materials.Data), context.Split.Train));

    private readonly byte[] _trainLabels = Array.ConvertAll(context.Split.Train, context.Materials.Images.Label);

    /// <summary>Images searched for by one thread in one go: enough that the pass over the train samples is all that counts.</summary>
    private const int MostInPart = 1536;

    /// <summary>Neighbours of some of the images, [image][Z], on the calling thread.</summary>
    private delegate int[] Search(int start, int length, Action<int> progress);

    /// <summary>Of the images of a split, unmodified. A train sample is among its own neighbours.</summary>
    public KnnPredictions OfSplit(string subset, int[] indices) => Recorded(subset, indices.Length) ?? Find(
        subset, indices, Array.ConvertAll(indices, _materials.Images.Label),
        (start, length, progress) => _train.Value.Find(
            indices.AsSpan(start, length), knn.Z, threads: 1, progress, context.Abandon));

    /// <summary>Of the adversarial examples of one attack, all that fool the network.</summary>
    public KnnPredictions OfExamples(AdversarialSet set) => Recorded(set.Outcome.Attack, set.Labels.Length) ?? Find(
        set.Outcome.Attack, set.Indices, set.Labels,
        (start, length, progress) => _train.Value.Find(
            set.Pixels.AsSpan(start * _materials.Data.Shape.Length, length * _materials.Data.Shape.Length), knn.Z,
            threads: 1, progress, context.Abandon));

    private KnnPredictions? Recorded(string subset, int samples)
    {
        var fact = context.Assignment.Record.Of<NeighboursFound>().FirstOrDefault(done => done.Subset == subset);
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
        var work = Work(indices.Length);
        var positions = Find(subset, indices.Length, work, search, clock);
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

    /// <summary>Positions of the neighbours of all images, [image][Z].</summary>
    private int[] Find(string subset, int images, double work, Search search, StageClock clock)
    {
        var (stage, done) = ($"neighbours {subset}", 0);
        context.Progress(stage, null, 0, images, work);
        var positions = new int[images * knn.Z];
        var parts = context.Threads * Math.Max(1, (images + context.Threads * MostInPart - 1) / (context.Threads * MostInPart));
        Chunks.ForEach(parts, context.Threads, clock.AddCpuSeconds, part =>
        {
            var start = (int)((long)part * images / parts);
            var length = (int)((part + 1L) * images / parts) - start;
            search(start, length, more => context.Progress(stage, null, Interlocked.Add(ref done, more), images, work))
                .CopyTo(positions, start * knn.Z);
        }, context.Abandon);
        return positions;
    }

    private byte[] Predict(int[] positions, int k) => Vote.Winners(
        positions, knn.Z, _trainLabels, k, knn.Ties == TieRules.Nearest ? VoteTies.Nearest : VoteTies.Smallest);

    private int[] PooledNeighbours(int[] positions) =>
        Array.ConvertAll(positions, position => context.Split.Train[position]);

    private double Work(int images) => Workload.OfNeighbours(_materials, images);
}
