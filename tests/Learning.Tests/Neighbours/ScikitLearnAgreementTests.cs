using System.Text.Json;
using AdvFit.Learning.Benchmarks;
using AdvFit.Learning.Data;
using AdvFit.Learning.Neighbours;

namespace AdvFit.Learning.Tests.Neighbours;

/// <summary>Neighbours and classes of images that come with the program, against scikit-learn's.</summary>
public sealed class ScikitLearnAgreementTests
{
    private static readonly JsonElement s_expected = JsonDocument.Parse(File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "Neighbours", "sklearn", "neighbours.json"))).RootElement;

    private static readonly Dataset s_data = DatasetLoader.Load(DatasetFolders.Locate(null), "fashion-mnist-mini");
    private static readonly PooledImages s_images = new(s_data);
    private static readonly int s_count = s_expected.GetProperty("count").GetInt32();
    private static readonly int[] s_train = [.. Enumerable.Range(0, s_expected.GetProperty("train").GetInt32())];
    private static readonly int[] s_queries =
        [.. Enumerable.Range(s_data.Train.Count, s_expected.GetProperty("queries").GetInt32())];

    [Fact]
    public void Neighbours_of_unmodified_images_and_their_votes_are_scikit_learns() =>
        Agree("bytes", new NearestNeighbours(s_images, s_train).Find(s_queries, s_count, threads: 2));

    [Fact]
    public void Neighbours_of_disturbed_images_and_their_votes_are_scikit_learns() =>
        Agree("floats", new NearestNeighbours(s_images, s_train).Find(DisturbedImages.Of(s_images, s_queries), s_count, threads: 2));

    private static void Agree(string kind, int[] found)
    {
        var expected = s_expected.GetProperty(kind);
        found.ShouldBe(expected.GetProperty("positions").EnumerateArray()
            .SelectMany(row => row.EnumerateArray(), (_, position) => position.GetInt32()));
        var labels = s_data.Train.Labels[..s_train.Length];
        foreach (var k in new[] { 1, 3, 5, 7 })
        {
            Vote.Winners(found, s_count, labels, k, VoteTies.Smallest)
                .ShouldBe(expected.GetProperty($"classes{k}").EnumerateArray().Select(label => label.GetByte()));
        }
    }
}
