# What the audit says, in English. Numbers arrive written.

comma = { ", " }
