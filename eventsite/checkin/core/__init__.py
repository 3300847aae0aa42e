"""The rules of stamping, codes and passes: plain values in, plain values out."""
