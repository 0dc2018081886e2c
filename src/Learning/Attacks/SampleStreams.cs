namespace AdvFit.Learning.Attacks;

/// <summary>
/// Which random streams the images of one call draw from: a sample draws the same numbers in whatever call, place and
/// company it is attacked (design rules 1 and 2).
/// </summary>
/// <param name="Seed">The sweep's seed.</param>
/// <param name="Shuffle">The shuffle's number.</param>
/// <param name="Samples">A number for each image that stays its own: its pooled index.</param>
public readonly record struct SampleStreams(ulong Seed, int Shuffle, ReadOnlyMemory<int> Samples)
{
    /// <summary>Streams for so many images that have no numbers of their own: 0, 1, 2, ..</summary>
    public static SampleStreams Numbered(int images, ulong seed = 0) =>
        new(seed, 0, Enumerable.Range(0, images).ToArray());
}
