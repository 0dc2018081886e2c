using AdvFit.Learning.Attacks.Common;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Attacks.CarliniWagner;

/// <summary>The images of an active set as points in ART's tanh space, each with a direction to descend in.</summary>
internal sealed unsafe class TanhSpaceDescent(ActiveSet set)
{
    private readonly TanhSpaceDescentKernel _kernel = TanhSpaceDescentKernel.For(set.Lanes, VectorWidths.Widest);
    private readonly AlignedBuffer _starts = new(set.Originals.Length);
    private readonly AlignedBuffer _positions = new(set.Originals.Length);
    private readonly AlignedBuffer _directions = new(set.Originals.Length);
    private readonly AlignedBuffer _distances = new(set.Lanes);

    /// <summary>Squared L2 distance of each lane's pixels from the originals; NaN where a gradient was not finite.</summary>
    public ReadOnlySpan<float> Distances => _distances.Span;

    /// <summary>Maps the originals of a lane into tanh space.</summary>
    public void Enter(int lane)
    {
        for (var at = lane; at < set.Originals.Length; at += set.Lanes)
        {
            _starts.Span[at] = (float)PortableMath.InverseTanh(TanhSpaceDescentKernel.Smoother * (2.0 * set.Originals[at] - 1));
        }
    }

    /// <summary>Puts a lane back to its original.</summary>
    public void Restart(int lane)
    {
        LaneMath.Copy(lane, set.Lanes, _starts.Span, _positions.Span);
        LaneMath.Copy(lane, set.Lanes, set.Originals, set.Tile.Pixels);
    }

    /// <summary>Sets the direction of the selected lanes by their pixel gradients.</summary>
    public void Descend(ReadOnlySpan<int> selected)
    {
        fixed (float* gradients = set.Tile.PixelGradients, pixels = set.Tile.Pixels, originals = set.Originals)
        fixed (int* lanes = selected)
        {
            _kernel.Descend(
                gradients, pixels, originals, _positions.Pointer, lanes, _directions.Pointer, set.ImageLength, set.Lanes);
        }
    }

    /// <summary>Puts the pixels of the selected lanes at a rate along their directions; the settled ones stay there.</summary>
    public void Move(ReadOnlySpan<float> rates, ReadOnlySpan<int> selected, ReadOnlySpan<int> settled)
    {
        fixed (float* pixels = set.Tile.Pixels, originals = set.Originals, rate = rates)
        fixed (int* lanes = selected, settledLanes = settled)
        {
            _kernel.Move(
                _positions.Pointer, _directions.Pointer, rate, lanes, settledLanes, originals, pixels, _distances.Pointer,
                set.ImageLength, set.Lanes);
        }
    }
}
