using AdvFit.Learning.Attacks.Common;

namespace AdvFit.Learning.Attacks.DeepFool;

/// <summary>
/// For each image of an active set, the nearest boundary between its label and a rival class, of the network linearised at
/// the current pixels: equation 8 of Moosavi-Dezfooli et al. (2016).
/// </summary>
internal sealed class NearestBoundary(ActiveSet set, int candidates)
{
    private readonly int _rivalCount = Math.Min(candidates, set.Classes) - 1;
    private readonly int[] _rivals = new int[set.Classes * set.Lanes];
    private readonly int[] _asking = new int[set.Lanes];
    private readonly int[] _nearer = new int[set.Lanes];
    private readonly double[] _squares = new double[set.Lanes];

    /// <summary>
    /// Distance to the nearest boundary, in L2 over pixels: infinite where no rival has a gradient, NaN where a gradient is
    /// not finite. Of active lanes.
    /// </summary>
    public double[] Distances { get; } = new double[set.Lanes];

    /// <summary>L2 norm of <see cref="Directions"/>.</summary>
    public double[] Norms { get; } = new double[set.Lanes];

    /// <summary>Gradient of the nearest rival's logit minus the label's, [pixels][lanes].</summary>
    public float[] Directions { get; } = new float[set.Originals.Length];

    /// <summary>
    /// Chooses the rivals of a lane from its current logits: the likeliest candidates but the label, in falling order, the
    /// lower class first on a tie.
    /// </summary>
    public void ChooseRivals(int lane)
    {
        var logits = set.Tile.Logits;
        var count = 0;
        for (var rival = 0; rival < set.Classes; rival++)
        {
            if (rival == set.Label(lane))
            {
                continue;
            }

            var logit = logits[rival * set.Lanes + lane];
            var rank = count++;
            for (; rank > 0 && logits[Rival(rank - 1, lane) * set.Lanes + lane] < logit; rank--)
            {
                Rival(rank, lane) = Rival(rank - 1, lane);
            }

            Rival(rank, lane) = rival;
        }
    }

    /// <summary>
    /// Finds the nearest boundary of every active lane. Costs each a gradient per rival; the last forward pass must have
    /// been of the current pixels.
    /// </summary>
    public void Find()
    {
        for (var lane = 0; lane < set.Lanes; lane++)
        {
            _asking[lane] = set.IsActive(lane) ? -1 : 0;
        }

        Distances.AsSpan().Fill(double.PositiveInfinity);
        for (var rank = 0; rank < _rivalCount; rank++)
        {
            SeedDifferences(rank);
            set.Backward(_asking);
            LaneMath.SumOfSquares(set.Tile.PixelGradients, _squares);
            if (Compare(rank))
            {
                LaneMath.Copy(_nearer, set.Tile.PixelGradients, Directions);
            }
        }
    }

    private void SeedDifferences(int rank)
    {
        var seed = set.Tile.LogitGradients;
        seed.Clear();
        for (var lane = 0; lane < set.Lanes; lane++)
        {
            if (_asking[lane] != 0)
            {
                seed[Rival(rank, lane) * set.Lanes + lane] = 1;
                seed[set.Label(lane) * set.Lanes + lane] = -1;
            }
        }
    }

    private bool Compare(int rank)
    {
        var logits = set.Tile.Logits;
        var any = false;
        for (var lane = 0; lane < set.Lanes; lane++)
        {
            _nearer[lane] = 0;
            if (_asking[lane] == 0 || _squares[lane] == 0)
            {
                continue;
            }

            double gap = logits[Rival(rank, lane) * set.Lanes + lane];
            gap = Math.Abs(gap - logits[set.Label(lane) * set.Lanes + lane]);
            var norm = Math.Sqrt(_squares[lane]);
            var distance = double.IsFinite(norm) ? gap / norm : double.NaN;
            if (double.IsNaN(distance) || distance < Distances[lane]) // Nothing is less than NaN: it stays.
            {
                (Distances[lane], Norms[lane], _nearer[lane]) = (distance, norm, -1);
                any = true;
            }
        }

        return any;
    }

    private ref int Rival(int rank, int lane) => ref _rivals[rank * set.Lanes + lane];
}
