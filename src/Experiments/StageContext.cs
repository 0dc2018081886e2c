using AdvFit.Learning.Data.Splitting;
using AdvFit.Learning.Formats;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>What the stages of one attempt at one shuffle share.</summary>
internal sealed class StageContext(
    ExperimentMaterials materials, ShuffleAssignment assignment, IArtifactStore artifacts, int threads,
    Action<ShuffleFact> report, Action<ShuffleProgress> progress, CancellationToken finishSafePoint,
    CancellationToken abandon)
{
    private double _totalWork = Workload.Of(materials).ForwardPasses;
    private double _workDone;
    private double? _testAccuracy;

    public ExperimentMaterials Materials { get; } = materials;

    public ShuffleAssignment Assignment { get; } = assignment;

    /// <summary>The images of the shuffle, train and test.</summary>
    public ShuffleSplit Split { get; } = StratifiedShuffle.Split(
        materials.Data, materials.Sweep.Seed, assignment.Shuffle, materials.Sweep.Subsample);

    public IArtifactStore Artifacts { get; } = artifacts;

    /// <summary>Threads that a stage may use.</summary>
    public int Threads { get; } = threads;

    /// <summary>Asks a stage to give up at once.</summary>
    public CancellationToken Abandon { get; } = abandon;

    /// <summary>
    /// Reports a fact; when this returns it is durable. Here it is safe to stop, and if that was asked for, it stops.
    /// </summary>
    public void Report(ShuffleFact fact)
    {
        report(fact);
        finishSafePoint.ThrowIfCancellationRequested();
    }

    /// <summary>Says what is going on.</summary>
    /// <param name="work">The work of the whole stage (of the epoch, while training), in forward passes.</param>
    public void Progress(string stage, int? epoch, int done, int total, double work) => progress(new ShuffleProgress(
        Assignment.Shuffle, stage, epoch, done, total, _testAccuracy,
        Math.Min(1, (_workDone + work * done / Math.Max(total, 1)) / _totalWork)));

    /// <summary>Reports how many test samples can be attacked, once that is known: the work left may be far less than planned.</summary>
    public void Expect(int attackable) => _totalWork = Workload.Of(Materials, attackable).ForwardPasses;

    /// <summary>Counts work as done.</summary>
    public void Complete(double work, double? testAccuracy = null)
    {
        _workDone += work;
        _testAccuracy = testAccuracy ?? _testAccuracy;
    }

    /// <summary>Writes a file of this shuffle.</summary>
    public Artifact Write(string name, string extension, byte[] contents) =>
        Artifacts.Write($"shuffle-{Assignment.Shuffle:00}/{name}", extension, contents);

    /// <summary>Reads a file that the record names and that has to be there.</summary>
    public byte[] Read(Artifact artifact) => Artifacts.TryRead(artifact, out var contents)
        ? contents
        : throw new IOException(
            $"{artifact.Path} is missing or damaged; run the sweep again and it is computed anew.");

    /// <summary>Predicted class of each test sample after an epoch.</summary>
    public byte[] Predictions(EpochTrained epoch) =>
        Npy.Read<byte>(Read(epoch.Predictions), epoch.Predictions.Path).Values;
}
