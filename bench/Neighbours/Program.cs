using System.Diagnostics;
using System.Text.Json;
using AdvFit.Learning.Benchmarks;
using AdvFit.Learning.Data;
using AdvFit.Learning.Neighbours;

// Neighbours of a whole test split among the whole train split, on every core: what ../peers/faiss_knn.py does with FAISS.
const int count = 7;
int[] voters = [1, 3, 5, 7];
if (args is not [var name])
{
    Console.Error.WriteLine("Say which data set: mnist, cifar10, fashion-mnist or fashion-mnist-mini.");
    return 2;
}

var data = DatasetLoader.Load(DatasetFolders.Locate(null), name);
var images = new PooledImages(data);
int[] train = [.. Enumerable.Range(0, data.Train.Count)];
int[] queries = [.. Enumerable.Range(data.Train.Count, data.Test.Count)];
var pixels = DisturbedImages.Of(images, queries);
var threads = Environment.ProcessorCount;
NearestNeighbours? neighbours = null;
var build = Measure(() =>
{
    neighbours = new NearestNeighbours(images, train);
    return [];
});
// The first calls run code that the compiler has not optimised yet.
neighbours!.Find(queries.AsSpan(0, Math.Min(queries.Length, 1000)), count, threads);
var result = new
{
    dataset = name,
    train = train.Length,
    queries = queries.Length,
    pixels = images.Shape.Length,
    threads,
    buildSeconds = build.Seconds,
    unmodified = Measure(() => neighbours.Find(queries, count, threads)),
    disturbed = Measure(() => neighbours.Find(pixels, count, threads)),
};
Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
return 0;

Run Measure(Func<int[]> find)
{
    using var process = Process.GetCurrentProcess();
    var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
    var found = find();
    var seconds = clock.Elapsed.TotalSeconds;
    process.Refresh();
    var cpuSeconds = (process.TotalProcessorTime - cpu).TotalSeconds;
    return new Run(seconds, cpuSeconds, Accuracies(found, VoteTies.Smallest), Accuracies(found, VoteTies.Nearest));
}

double[] Accuracies(int[] found, VoteTies ties) => found.Length == 0 ? [] :
[
    .. voters.Select(k => Vote.Winners(found, count, data.Train.Labels, k, ties)
        .Zip(data.Test.Labels, (winner, label) => winner == label ? 1.0 : 0.0).Average()),
];

/// <summary>One search.</summary>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="CpuSeconds">Processor time of all threads.</param>
/// <param name="Smallest">Accuracies at K = 1, 3, 5, 7; ties to the smallest class.</param>
/// <param name="Nearest">The same; ties to the nearest neighbour's class.</param>
internal sealed record Run(double Seconds, double CpuSeconds, double[] Smallest, double[] Nearest);
