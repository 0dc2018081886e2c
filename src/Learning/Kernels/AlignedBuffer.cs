using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AdvFit.Learning.Kernels;

/// <summary>
/// Zeroed floats that never move and start on a 64-byte boundary: a full-width load that straddles two cache lines costs
/// twice. Lives on the pinned heap, so there is nothing to dispose.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Alignment = 64;

    private readonly float[] _array;
    private readonly int _start;

    public AlignedBuffer(int length)
    {
        Length = length;
        _array = GC.AllocateArray<float>(length + Alignment / sizeof(float), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
        _start = (int)((Alignment - address % Alignment) % Alignment) / sizeof(float);
        Pointer = (float*)Unsafe.AsPointer(ref _array[_start]);
    }

    private AlignedBuffer(AlignedBuffer whole, int offset, int length)
    {
        (Length, _array, _start) = (length, whole._array, whole._start + offset);
        Pointer = whole.Pointer + offset;
    }

    /// <summary>A part of this buffer, which shares its memory.</summary>
    public AlignedBuffer Slice(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length);
        return new AlignedBuffer(this, offset, length);
    }

    /// <summary>Number of floats.</summary>
    public int Length { get; }

    /// <summary>Address of the first float; valid for as long as this object is reachable.</summary>
    public float* Pointer { get; }

    public Span<float> Span => _array.AsSpan(_start, Length);

    public Memory<float> Memory => _array.AsMemory(_start, Length);
}
