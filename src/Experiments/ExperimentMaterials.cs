using AdvFit.Learning.Data;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;
using AdvFit.Learning.Training;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>What all shuffles of a sweep work with: its spec, its images and the definition of its network.</summary>
public sealed class ExperimentMaterials
{
    private readonly VectorWidth _width;

    /// <param name="sweep">What to do.</param>
    /// <param name="data">The data set.</param>
    /// <param name="width">Width of the vectors to compute with; the results do not depend on it. Null for the widest.</param>
    /// <exception cref="ArgumentException">The network does not fit the images.</exception>
    public ExperimentMaterials(SweepSpec sweep, Dataset data, VectorWidth? width = null)
    {
        (Sweep, Data, _width) = (sweep, data, width ?? VectorWidths.Widest);
        Network = NetworkCatalog.Create(sweep.Network, data.Shape, data.Classes.Count);
        Images = new ByteImages(data);
    }

    /// <summary>What to do.</summary>
    public SweepSpec Sweep { get; }

    /// <summary>The data set.</summary>
    public Dataset Data { get; }

    /// <summary>The network that is trained and attacked.</summary>
    public NetworkDefinition Network { get; }

    /// <summary>The images of both published splits, as one pool.</summary>
    public ByteImages Images { get; }

    /// <summary>Images in a train split.</summary>
    public int TrainCount => Sweep.Subsample?.Train ?? Data.Train.Count;

    /// <summary>Images in a test split.</summary>
    public int TestCount => Sweep.Subsample?.Test ?? Data.Test.Count;

    /// <summary>The network with the weights of a file.</summary>
    /// <param name="file">In safetensors.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">The file does not hold this network's weights.</exception>
    internal Network LoadNetwork(byte[] file, string name)
    {
        var weights = new Parameters(Network);
        WeightsFile.Load(file, name, weights);
        var network = CreateNetwork();
        network.Load(weights);
        return network;
    }

    /// <summary>The network before it has weights.</summary>
    /// <param name="threads">Threads that share the work on each tile.</param>
    internal Network CreateNetwork(int threads = 1) => new(Network, _width, threads);
}
