using System.Text;
using AdvFit.Learning.Formats;

namespace AdvFit.Learning.Tests.Formats;

public class NpzTests
{
    /// <summary>numpy.savez_compressed(a=numpy.arange(3, dtype=int32), b=[True]) of NumPy 1.24.</summary>
    private const string DeflatedByNumPy =
        "UEsDBBQAAAAIAAAAIQAC7L2pTAAAAIwAAAAFABQAYS5ucHkBABAAjAAAAAAAAABMAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaKu"
        + "o6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6mjoKtQoUAC4GIGAEYiYgBgBQSwMEFAAAAAgAAAAhALo0LnNFAAAAgQAAAAUAFABi"
        + "Lm5weQEAEACBAAAAAAAAAEUAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgXpNkqK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvka"
        + "hjqaOgq1ChQALkYAUEsBAhQDFAAAAAgAAAAhAALsvalMAAAAjAAAAAUAAAAAAAAAAAAAAIABAAAAAGEubnB5UEsBAhQDFAAAAAgAAAAhALo0"
        + "LnNFAAAAgQAAAAUAAAAAAAAAAAAAAIABgwAAAGIubnB5UEsFBgAAAAACAAIAZgAAAP8AAAAAAA==";

    [Fact]
    public void A_file_that_NumPy_compressed_is_read()
    {
        var arrays = Npz.Read(Convert.FromBase64String(DeflatedByNumPy), "n.npz");

        arrays.Keys.ShouldBe(["a", "b"], ignoreOrder: true);
        arrays["a"].ShouldBeOfType<NpyArray<int>>().Values.ShouldBe([0, 1, 2]);
        arrays["b"].ShouldBeOfType<NpyArray<bool>>().Values.ShouldBe([true]);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var arrays = Npz.Read(Sample(), "s.npz");

        arrays["images"].ShouldBeOfType<NpyArray<float>>().Values.ShouldBe([0.25f, 1]);
        arrays["images"].Shape.ShouldBe([1, 2]);
        arrays["success"].ShouldBeOfType<NpyArray<bool>>().Values.ShouldBe([true]);
    }

    [Fact]
    public void An_entry_is_stored_as_the_npy_file_itself_at_a_fixed_date()
    {
        var npy = Npy.Write(new NpyArray<byte>([2], [3, 4]));
        var file = Npz.Write(("x", new NpyArray<byte>([2], [3, 4])));

        Convert.ToHexStringLower(file.AsSpan(0, 14)).ShouldBe("504b0304" + "1400" + "0008" + "0000" + "0000" + "2100");
        Encoding.ASCII.GetString(file, 30, 5).ShouldBe("x.npy");
        file.AsSpan(35, npy.Length).SequenceEqual(npy).ShouldBeTrue();
    }

    [Fact]
    public void A_changed_value_is_noticed()
    {
        var file = Sample();
        file[30 + "images.npy".Length + 128] ^= 1;

        Should.Throw<InvalidDataException>(() => Npz.Read(file, "s.npz"))
            .Message.ShouldBe("s.npz(images.npy), byte 0: the entry's length or checksum is not what the zip file says.");
    }

    [Fact]
    public void A_truncated_file_is_refused_by_name() =>
        Should.Throw<InvalidDataException>(() => Npz.Read(Sample()[..^9], "s.npz")).Message.ShouldStartWith("s.npz, byte ");

    [Fact]
    public void A_name_used_twice_is_not_written() =>
        Should.Throw<ArgumentException>(() =>
            Npz.Write(("x", new NpyArray<int>([], [1])), ("x", new NpyArray<int>([], [2]))));

    private static byte[] Sample() => Npz.Write(
        ("images", new NpyArray<float>([1, 2], [0.25f, 1])), ("success", new NpyArray<bool>([1], [true])));
}
