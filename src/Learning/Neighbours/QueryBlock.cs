using System.Runtime.InteropServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Neighbours;

/// <summary>Queries that are compared with the train images together, so that each panel is read once for all of them. For one thread.</summary>
internal sealed unsafe class QueryBlock
{
    /// <summary>Most queries of a block: enough that reading the train images takes no time next to the products.</summary>
    public const int Most = 192;

    /// <summary>Queries that a kernel takes at a time.</summary>
    public const int Step = 6;

    /// <summary>Keeps the rows of different queries from competing for the same lines of the first-level cache.</summary>
    private const int PadQuads = 16;

    private readonly TrainPanels _train;
    private readonly VectorWidth _width;
    private readonly ExactRanking _ranking;
    private readonly Candidates[] _candidates;
    private readonly AlignedBuffer _levels, _scores;
    private readonly int[] _grid;
    private readonly int _count;

    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="length">Most queries; a multiple of <see cref="Step"/>.</param>
    /// <param name="count">Neighbours of each query.</param>
    public QueryBlock(
        TrainPanels train, ExactRanking ranking, VectorWidth width, int pixels, int length, int count)
    {
        (_train, _ranking, _width, _count) = (train, ranking, width, count);
        _candidates = [.. Enumerable.Range(0, length).Select(_ => new Candidates(count))];
        _levels = new AlignedBuffer(length * Pitch);
        _scores = new AlignedBuffer(length * Tile.Lanes);
        _grid = new int[pixels];
    }

    private int Pitch => _train.Quads + PadQuads;

    /// <summary>Finds the neighbours of some queries.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="first">The first query to take.</param>
    /// <param name="length">How many to take.</param>
    /// <param name="found">Receives them, [query][neighbour].</param>
    public void Find(IQueries queries, int first, int length, Span<int> found, CancellationToken cancellation)
    {
        for (var query = 0; query < length; query++)
        {
            queries.CopyTo(first + query, _grid);
            var levels = MemoryMarshal.AsBytes(_levels.Span.Slice(query * Pitch, _train.Quads))[.._grid.Length];
            for (var i = 0; i < levels.Length; i++)
            {
                levels[i] = QueryQuantization.Nearest(_grid[i]);
            }

            _candidates[query].Begin(new QueryBounds(_grid, levels, _train.LargestNorm));
        }

        for (var panel = 0; panel < _train.Count; panel++)
        {
            cancellation.ThrowIfCancellationRequested();
            Score(panel, length);
        }

        for (var query = 0; query < length; query++)
        {
            queries.CopyTo(first + query, _grid);
            _ranking.Rank(_grid, _candidates[query].Positions(), found.Slice(query * _count, _count));
        }
    }

    private void Score(int panel, int length)
    {
        var whole = (length + Step - 1) / Step * Step;
        ByteMatrixProduct.Run(
            _width, (int*)_levels.Pointer, Pitch, whole, _train.Pixels(panel), _train.Quads, _scores.Pointer);
        for (var query = 0; query < length; query++)
        {
            var scores = _scores.Pointer + query * Tile.Lanes;
            var candidates = _candidates[query];
            bool anyBelow;
            _width.Run(new PanelScores(_train.Norms(panel), candidates.Limit, scores, &anyBelow));
            if (anyBelow)
            {
                candidates.Offer(new ReadOnlySpan<float>(scores, Tile.Lanes), panel * Tile.Lanes);
            }
        }
    }
}
